"""What `preview` makes: one page that shows every message, sample and channel as a person sees it."""
