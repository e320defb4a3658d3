ALTER TABLE customers ADD COLUMN country TEXT;
UPDATE customers SET country = 'IS';
