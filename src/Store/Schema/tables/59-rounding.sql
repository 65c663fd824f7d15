CREATE TABLE IF NOT EXISTS rounding_floors (
    run_id INTEGER PRIMARY KEY,
    prompts INTEGER NOT NULL,
    mean_prob DOUBLE NOT NULL,
    max_prob DOUBLE NOT NULL,
    mean_log_prob DOUBLE NOT NULL,
    max_log_prob DOUBLE NOT NULL,
    mean_similarity DOUBLE,
    max_similarity DOUBLE
);
COMMENT ON TABLE rounding_floors IS 'One row per run of a quantised model for which it was measured: how far llama.cpp''s arithmetic with such weights, which rounds activations too, is from float arithmetic with the same weights, as absolute differences over a few of the run''s prompts, decoded one at a time with an F32 cache in both. What packing is worth besides is in noise_floors.';
COMMENT ON COLUMN rounding_floors.run_id IS 'The run.';
COMMENT ON COLUMN rounding_floors.prompts IS 'Prompts that were compared.';
COMMENT ON COLUMN rounding_floors.mean_prob IS 'Mean difference of an option''s renormalised probability in one order.';
COMMENT ON COLUMN rounding_floors.max_prob IS 'Largest difference of an option''s renormalised probability in one order.';
COMMENT ON COLUMN rounding_floors.mean_log_prob IS 'Mean difference of a label''s log-probability, in nats.';
COMMENT ON COLUMN rounding_floors.max_log_prob IS 'Largest difference of a label''s log-probability, in nats.';
COMMENT ON COLUMN rounding_floors.mean_similarity IS 'Mean difference of the similarity in bits of one question and country; NULL where no country was asked any of these questions.';
COMMENT ON COLUMN rounding_floors.max_similarity IS 'Largest difference of the similarity in bits of one question and country; NULL together with the mean.';

