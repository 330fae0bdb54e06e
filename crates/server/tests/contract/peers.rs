//! Real netcats and Python as clients of the server.
