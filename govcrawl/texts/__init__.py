"""What is wrong in a text: text in, marks out. No network, no Scrapy, no store, no clock."""
