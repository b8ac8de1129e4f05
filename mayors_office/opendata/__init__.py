"""What is public, as files by month for anybody's own reckoning.

`columns` says what stands in them, `rows` reads it, `files` keeps them, `editions` writes them.
A file that holds something withdrawn since is not handed out; docs/opendata.md tells how.
"""
