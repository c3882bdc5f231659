"""What a site says of its own addresses: links, feeds and sitemaps, robots.txt."""
