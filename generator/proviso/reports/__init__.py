"""What a command found, as text, JSON, JUnit XML, SARIF or Markdown."""
