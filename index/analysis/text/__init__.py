"""From text to words: the tokenizer, letter folding, numbers, stop words, the user's words."""
