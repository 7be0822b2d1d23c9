"""Long work: the task queue, its worker processes, the thread executor and progress."""
