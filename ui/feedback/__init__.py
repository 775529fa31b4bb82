"""What readers say of answers, kept beside the record and made into questions that measure."""
