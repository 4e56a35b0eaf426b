-- Another number after each transaction that wrote of terms: who remembers some of them knows by it
-- whether they are still so.

INSERT INTO numbers (name, value) VALUES ('terms written', 0);
