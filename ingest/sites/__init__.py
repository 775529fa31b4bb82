"""Council sites: what they publish, read politely and kept up with."""
