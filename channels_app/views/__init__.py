"""The citizens' doors: say something, follow one case, read the wall."""
