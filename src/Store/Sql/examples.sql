-- Which countries are a run's answers closest to, and is that more than a uniform answerer reaches?
SELECT country, n, round(similarity_bits, 3) AS similarity, round(similarity_bits - uniform_similarity_bits, 3) AS above_uniform
FROM country_similarity
WHERE run_id = 1 AND sample_kind <> 'non-national'
ORDER BY similarity_bits DESC;

-- What did the model answer to one question, beside the people of one country?
SELECT a.option_text, round(a.prob, 3) AS model, round(q.probability, 3) AS germany
FROM answers_long AS a
JOIN runs AS r ON r.run_id = a.run_id
JOIN questions_long AS q
  ON q.survey_id = r.survey_id AND q.source_row = a.source_row AND q.option_index = a.option_index
WHERE a.run_id = 1 AND a.source_row = 4 AND q.country = 'Germany'
ORDER BY a.option_index;

-- On which questions is the model most unlike everybody?
SELECT s.source_row, any_value(q.text) AS question, max(s.similarity_bits) AS nearest, count(*) AS countries
FROM similarities_long AS s
JOIN runs AS r ON r.run_id = s.run_id
JOIN questions AS q ON q.survey_id = r.survey_id AND q.source_row = s.source_row
GROUP BY s.run_id, s.source_row
ORDER BY nearest
LIMIT 10;

-- How much of each run's probability went to something that is not an option, and what was left unanswered?
SELECT o.run_id, o.model, o.condition, o.answered, o.unanswered, round(o.mean_off_menu, 3) AS off_menu,
       (SELECT min(u.reason) FROM unanswered AS u WHERE u.run_id = o.run_id) AS a_reason
FROM run_overview AS o
ORDER BY o.run_id;

-- Do two runs on the same questions agree? Each pair of runs, question by question.
SELECT a.run_id AS run, b.run_id AS other_run, count(DISTINCT a.source_row) AS questions,
       max(abs(a.prob - b.prob)) AS largest_difference
FROM answers_long AS a
JOIN answers_long AS b USING (source_row, option_index, option_text)
WHERE a.run_id < b.run_id
GROUP BY ALL
ORDER BY ALL;

-- How much does the answer depend on an option's place? In a run that put every option of a question to every place equally
-- often, the mean probability of label A would be 1/K if the place did not matter; what is above that is the pull of the letter A.
SELECT run_id, options, count(*) AS prompts, round(avg(prob), 3) AS mean_prob_of_label_a, round(avg(prob) - 1 / options, 3) AS pull_of_a
FROM (SELECT *, count(*) OVER (PARTITION BY run_id, source_row, order_index) AS options FROM orders_long)
WHERE position = 0
GROUP BY run_id, options
ORDER BY run_id, options;

-- Which differences between neighbours of a ranking are larger than what the run's own arithmetic does to one question? A mean
-- over n questions moves less than a single one, so this is a cautious line.
SELECT s.run_id, s.country, s.similarity_bits - lead(s.similarity_bits) OVER ranking AS ahead_of_the_next,
       s.similarity_bits - lead(s.similarity_bits) OVER ranking > o.noise_mean_similarity AS more_than_noise
FROM country_similarity AS s
JOIN run_overview AS o ON o.run_id = s.run_id
WHERE o.noise_mean_similarity IS NOT NULL
WINDOW ranking AS (PARTITION BY s.run_id ORDER BY s.similarity_bits DESC)
ORDER BY s.run_id, s.similarity_bits DESC;
