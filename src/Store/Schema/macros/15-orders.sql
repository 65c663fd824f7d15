-- The one mean over the orders in which a question's options were put, of a probability. A sum of whole numbers (2^60 = 1): the same
-- answers give the same last digit in whatever order they were stored or are read, and a single order's value comes back as it is.

CREATE MACRO order_mean(probability) AS
    CASE WHEN count(*) = 1 THEN any_value(probability)
         ELSE sum(CAST(probability * pow(2, 60) AS BIGINT)) / (count(*) * pow(2, 60)) END;
COMMENT ON MACRO order_mean IS 'order_mean(probability): an aggregate, the mean of a probability over the orders of a question, with the same last digit in whatever order rows come.';

-- For a list what answers_long has over the orders: scaled by the largest value, so that small ones lose nothing.
CREATE MACRO scaled_mean(probabilities) AS list_transform([list_max(probabilities)], lambda largest: largest
    * (list_sum(list_transform(probabilities, lambda x: CAST(pow(2, 60) * CASE WHEN x = largest THEN 1 ELSE x / largest END AS BIGINT)))
        / (len(probabilities) * pow(2, 60))))[1];
COMMENT ON MACRO scaled_mean IS 'scaled_mean(probabilities): the mean of an option''s probabilities over the orders of a question, as answers_long has it, with the same last digit in whatever order they come.';
