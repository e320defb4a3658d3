CREATE TABLE entries (customer INTEGER NOT NULL REFERENCES customers (id), name TEXT NOT NULL) STRICT;
INSERT INTO entries SELECT id, name || ' ' || country FROM customers;
