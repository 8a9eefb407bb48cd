"""Language models: the only home of llama.cpp, and llama.cpp only inside the worker process."""
