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

CREATE MACRO from_0_to_1(bound) AS CASE WHEN bound IS NOT NULL THEN least(1, greatest(0, bound)) END;
COMMENT ON MACRO from_0_to_1 IS 'from_0_to_1(bound): the end of an interval of a mean of numbers from 0 to 1, which cannot lie beyond these.';

-- A mean of shares cannot leave 0 to 1, and where no question gave any its spread says nothing. So Wilson's interval (1927) with as many draws
-- as would spread as much (Korn and Graubard 1998), at most one for each family: the spread of what is rare is seen too seldom to be trusted.
CREATE MACRO share_spread(share, half_width, families) AS greatest(pow(t_975(CAST(families AS INTEGER) - 1), 2) / families,
    CASE WHEN share > 0 AND share < 1 THEN pow(half_width, 2) / (share * (1 - share)) END);
COMMENT ON MACRO share_spread IS 'share_spread(share, half_width, families): t² / n of share_low and share_high, n being the number of draws that would spread as much.';

CREATE MACRO share_low(share, half_width, families) AS
    (share + share_spread(share, half_width, families) / 2
        - sqrt(share_spread(share, half_width, families) * share * (1 - share) + pow(share_spread(share, half_width, families), 2) / 4))
        / (1 + share_spread(share, half_width, families));
COMMENT ON MACRO share_low IS 'share_low(share, half_width, families): lower end of the 95 % interval of a mean of shares over questions, by Wilson''s formula; half_width is family_half_width''s. NULL below two families.';

CREATE MACRO share_high(share, half_width, families) AS 1 - share_low(1 - share, half_width, families);
COMMENT ON MACRO share_high IS 'share_high(share, half_width, families): upper end of that interval.';
