"""What people see: the app, its screens and widgets, and their plain-text twin."""
