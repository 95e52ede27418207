"""A project as it stood at a revision of its git repository: read from git's objects, whatever the work tree and the index hold."""
