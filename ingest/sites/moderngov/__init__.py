"""ModernGov, the software of four fifths of the councils: its web service and its pages."""
