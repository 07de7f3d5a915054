"""Text messages: what a provider is asked, signed as it demands, and what its answer means."""
