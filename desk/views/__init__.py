"""The officers' doors: their queue, one case, and the acts on it."""
