"""What an instructor runs: the book, the editions, a class and its report."""
