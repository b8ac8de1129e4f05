"""The citizens' doors of suggestions."""
