-- Intervals that SQL itself can compute, for what is too fine to be stored: a mean over questions whose item families are drawn as a whole.

CREATE MACRO t_975(freedom) AS CASE
    WHEN freedom < 1 THEN NULL
    WHEN freedom < 8 THEN [12.7062, 4.30265, 3.18245, 2.77645, 2.57058, 2.44691, 2.36462][freedom]
    -- Cornish and Fisher's expansion; from 8 degrees on it is right to four digits.
    ELSE 1.959964 + 2.372271 / freedom + 2.822498 / pow(freedom, 2) + 2.555850 / pow(freedom, 3) END;
COMMENT ON MACRO t_975 IS 't_975(freedom): what Student''s t exceeds with a probability of 2.5 %, for so many degrees of freedom.';

CREATE MACRO family_half_width(sums, counts) AS
    CASE WHEN count(*) > 1 THEN t_975(CAST(count(*) AS INTEGER) - 1) / sum(counts) * sqrt(count(*) / (count(*) - 1)
        * greatest(0, sum(sums * sums) - 2 * sum(sums) / sum(counts) * sum(sums * counts)
            + pow(sum(sums) / sum(counts), 2) * sum(counts * counts))) END;
COMMENT ON MACRO family_half_width IS 'family_half_width(sums, counts): an aggregate over item families, each with its sum and its number of questions: half the width of the 95 % interval of the mean, sum(sums) / sum(counts), by the cluster-robust t test. NULL below two families.';
