-- The one mean over the orders in which a question's options were put, of a probability. A sum of whole numbers (2^60 = 1): the same
-- answers give the same last digit in whatever order they were stored or are read, and a single order's value comes back as it is.

CREATE MACRO order_mean(probability) AS
    CASE WHEN count(*) = 1 THEN any_value(probability)
         ELSE sum(CAST(probability * pow(2, 60) AS BIGINT)) / (count(*) * pow(2, 60)) END;
COMMENT ON MACRO order_mean IS 'order_mean(probability): an aggregate, the mean of a probability over the orders of a question, with the same last digit in whatever order rows come.';
