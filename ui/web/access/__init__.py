"""Who may use the page, from where, and how often: what stands before every route."""
