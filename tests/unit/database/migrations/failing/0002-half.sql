DELETE FROM customers;
INSERT INTO nowhere VALUES (1);
