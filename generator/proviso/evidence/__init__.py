"""Documents as evidence: which place of which page says a fact, and what stands there now.

`facts` are the leaves of a spec. `citations` say where pages state them, by `locators`: labels with holes for values.
`pages` are captured texts, read as a stream of characters that white space and markup have left; `kinds` read values
off it; `matching` tries locators on pages; `checking` compares what stands there with what the spec says.
"""
