"""The rules that raise doubts, one class each."""
