"""What stands around a spec: the files that were asked for, the project file, partials and recipients."""
