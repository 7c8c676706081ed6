"""Pages captured by their addresses: politely, within bounds, and not where redirects would lead astray.

`reach` says which addresses may be asked; `asking` asks one, step by step; `visiting` finds the best form of a page, keeps
to robots.txt and pauses; `shelf` holds captured pages and what is known of them.
"""
