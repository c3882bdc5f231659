"""The files with Scrapy and Twisted: requests go out here, and answers come in."""
