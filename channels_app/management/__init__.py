"""Commands of hearing and answering."""
