-- The measures of Scoring.Simd for any DuckDB client. A list holds one weight per option and is divided by its sum. NULL, and a
-- list of zeros only, is missing data and gives NULL; anything else that is no distribution is an error.
-- A macro's argument is pasted wherever it is used. list_transform over a list of one binds it to a name instead, so that it is
-- computed once, and not once more for every option.

CREATE MACRO checked_weights(p) AS CASE
    WHEN len(p) > list_count(p) OR NOT isfinite(list_sum(p)) OR list_min(p) < 0
        THEN error('A distribution is a list of finite weights of 0 or more, one per option.')
    WHEN p IS NULL OR len(p) = 0 OR list_sum(p) = 0 THEN NULL
    ELSE list_transform([list_sum(p)], lambda total: list_transform(p, lambda x: x / total))[1] END;
COMMENT ON MACRO checked_weights IS 'checked_weights(p): the list divided by its sum; NULL for NULL and for zeros only; an error where it is no distribution.';

CREATE MACRO checked_pair(p, q) AS CASE
    WHEN len(p) <> len(q) THEN error('Two distributions to compare are over the same options: the lists must be of the same length.')
    ELSE {'p': checked_weights(p), 'q': checked_weights(q)} END;
COMMENT ON MACRO checked_pair IS 'checked_pair(p, q): both lists divided by their sums, as a struct; an error where they are not over the same options.';

CREATE MACRO js_divergence(p, q) AS list_transform([checked_pair(p, q)], lambda pair:
    CASE WHEN pair.p IS NULL OR pair.q IS NULL THEN NULL ELSE least(1, greatest(0, list_sum(list_transform(list_zip(pair.p, pair.q), lambda x:
        CASE WHEN x[1] > 0 THEN x[1] * log2(2 * x[1] / (x[1] + x[2])) ELSE 0 END
        + CASE WHEN x[2] > 0 THEN x[2] * log2(2 * x[2] / (x[1] + x[2])) ELSE 0 END)) / 2)) END)[1];
COMMENT ON MACRO js_divergence IS 'js_divergence(p, q): Jensen-Shannon divergence in bits, ½ KL(P, M) + ½ KL(Q, M) with M = ½ (P + Q); 0 (equal) to 1 (nothing in common).';

CREATE MACRO similarity_bits(p, q) AS 1 - sqrt(js_divergence(p, q));
COMMENT ON MACRO similarity_bits IS 'similarity_bits(p, q): 1 - sqrt(JSD in bits); 0 (nothing in common) to 1 (equal).';

CREATE MACRO similarity_nats(p, q) AS 1 - sqrt(js_divergence(p, q) * ln(2));
COMMENT ON MACRO similarity_nats IS 'similarity_nats(p, q): 1 - sqrt(JSD in nats); 0.167 (nothing in common) to 1 (equal). Published numbers mostly compare with it.';

CREATE MACRO total_variation(p, q) AS list_transform([checked_pair(p, q)], lambda pair:
    CASE WHEN pair.p IS NULL OR pair.q IS NULL THEN NULL ELSE list_sum(list_transform(list_zip(pair.p, pair.q), lambda x: abs(x[1] - x[2]))) / 2 END)[1];
COMMENT ON MACRO total_variation IS 'total_variation(p, q): ½ Σ |p - q|; 0 (equal) to 1 (nothing in common).';

CREATE MACRO wasserstein_ordinal(p, q) AS list_transform([checked_pair(p, q)], lambda pair:
    CASE WHEN pair.p IS NULL OR pair.q IS NULL THEN NULL ELSE list_sum(list_transform(pair.p, lambda x, i: abs(list_sum(pair.p[:i]) - list_sum(pair.q[:i])))) END)[1];
COMMENT ON MACRO wasserstein_ordinal IS 'wasserstein_ordinal(p, q): Σ |F - G| of the cumulative shares over options known to be ordered, refusals removed; 0 to K - 1 for K options. A similarity is 1 - it / (K - 1).';

CREATE MACRO hellinger(p, q) AS list_transform([checked_pair(p, q)], lambda pair:
    CASE WHEN pair.p IS NULL OR pair.q IS NULL THEN NULL ELSE sqrt(list_sum(list_transform(list_zip(pair.p, pair.q), lambda x: pow(sqrt(x[1]) - sqrt(x[2]), 2))) / 2) END)[1];
COMMENT ON MACRO hellinger IS 'hellinger(p, q): sqrt(½ Σ (sqrt(p) - sqrt(q))²); 0 (equal) to 1 (nothing in common).';

CREATE MACRO top_agreement(p, q) AS list_transform([checked_pair(p, q)], lambda pair:
    CASE WHEN pair.p IS NULL OR pair.q IS NULL THEN NULL ELSE
        list_sum(list_transform(list_zip(pair.p, pair.q), lambda x: CASE WHEN x[1] = list_max(pair.p) AND x[2] = list_max(pair.q) THEN 1.0::DOUBLE ELSE 0 END))
        / list_sum(list_transform(pair.p, lambda x: CASE WHEN x = list_max(pair.p) THEN 1.0::DOUBLE ELSE 0 END))
        / list_sum(list_transform(pair.q, lambda x: CASE WHEN x = list_max(pair.q) THEN 1.0::DOUBLE ELSE 0 END)) END)[1];
COMMENT ON MACRO top_agreement IS 'top_agreement(p, q): 1 where the option with the largest share is the same, otherwise 0; with ties, the probability of it when each picks one of its top options at random.';

CREATE MACRO rank_order(p, q) AS list_transform([checked_pair(p, q)], lambda pair:
    CASE WHEN pair.p IS NULL OR pair.q IS NULL THEN NULL ELSE coalesce((1
        + list_sum(list_transform(pair.p, lambda x, i: list_sum(list_transform(pair.p[:i], lambda y, j: sign(x - y) * sign(pair.q[i] - pair.q[j])))))
        / sqrt(nullif(list_sum(list_transform(pair.p, lambda x, i: list_sum(list_transform(pair.p[:i], lambda y: abs(sign(x - y))))))
            * list_sum(list_transform(pair.q, lambda x, i: list_sum(list_transform(pair.q[:i], lambda y: abs(sign(x - y)))))), 0))) / 2, 0.5) END)[1];
COMMENT ON MACRO rank_order IS 'rank_order(p, q): (1 + Kendall''s tau-b) / 2 of the options in the order of their shares; 0 (reversed) to 1 (same), 0.5 where all shares of one side are equal.';

CREATE MACRO entropy_norm(p) AS list_transform([checked_weights(p)], lambda w: CASE WHEN len(w) > 1
    THEN least(1, greatest(0, -list_sum(list_transform(w, lambda x: CASE WHEN x > 0 THEN x * ln(x) ELSE 0 END)) / ln(len(w)))) END)[1];
COMMENT ON MACRO entropy_norm IS 'entropy_norm(p): entropy over that of the uniform distribution; 0 (certain) to 1 (uniform); NULL for a single option.';

CREATE MACRO entropy_fifth(p) AS least(4, CAST(floor(5 * entropy_norm(p)) AS INTEGER));
COMMENT ON MACRO entropy_fifth IS 'entropy_fifth(p): in which fifth of the scale of normalised entropy a distribution lies, 0 to 4; 1 is in the last.';

CREATE MACRO nats_of_bits(bits) AS 1 - sqrt(ln(2)) * (1 - bits);
COMMENT ON MACRO nats_of_bits IS 'nats_of_bits(s): turns similarity_bits, or a mean or interval of it, into similarity_nats.';
