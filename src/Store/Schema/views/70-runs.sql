CREATE VIEW run_overview AS
WITH
    asked AS (SELECT survey_id, count(*) AS questions FROM questions GROUP BY survey_id),
    parted AS (
        SELECT survey_id, any_value(choice) FILTER (WHERE policy = 'part') AS part, any_value(choice) FILTER (WHERE policy = 'split') AS split
        FROM survey_policies WHERE policy IN ('part', 'split') GROUP BY survey_id),
    settings AS (SELECT run_id, string_agg(setting || ' ' || value, ', ' ORDER BY setting) AS reading_settings FROM reading_settings GROUP BY run_id),
    bounded AS (SELECT run_id, count(*) AS bounded_answers, max(mass) AS largest_bound FROM answer_bounds GROUP BY run_id),
    missed AS (SELECT run_id, count(*) AS unanswered FROM unanswered GROUP BY run_id),
    waited AS (
        SELECT s.run_id, sum(w.waiting * s.seconds) / nullif(sum(s.seconds), 0) AS waiting
        FROM session_waits AS w JOIN run_sessions AS s ON s.run_id = w.run_id AND s.started_at = w.started_at GROUP BY s.run_id),
    worked AS (
        SELECT run_id, CAST(sum(tokens_decoded) AS BIGINT) AS tokens, CAST(sum(unshared_tokens) AS BIGINT) AS unshared_tokens,
               sum(seconds) AS seconds, min(started_at) AS started_at, max(finished_at) AS finished_at, count(*) AS sessions, arg_max(status, session) AS status,
               arg_max(threads, session) AS threads, arg_max(machine, session) AS machine,
               arg_max(tool_version, session) AS tool_version
        FROM run_sessions GROUP BY run_id)
SELECT r.run_id, l.model, l.survey, r.condition, r.prompted_country, r.template, r.ending, r.exact,
       coalesce(q.questions, 0) AS questions, coalesce(a.answered, 0) AS answered, coalesce(u.unanswered, 0) AS unanswered,
       a.mean_label_mass, a.mean_off_menu, coalesce(a.forced_boundaries, 0) AS forced_boundaries,
       w.tokens, w.seconds, w.tokens / nullif(w.seconds, 0) AS tokens_per_second,
       w.started_at, w.finished_at, w.status, m.sha256 AS model_sha256, r.engine_build, r.device,
       s.sha256 AS survey_sha256, r.template_version, r.template_sha256, r.option_order, r.kv_type, r.flash_attention,
       t.thin_below, w.sessions, w.threads, w.machine, w.tool_version,
       coalesce(a.answers, 0) AS answers, r.plan, r.plan_sha256, w.unshared_tokens, w.unshared_tokens / nullif(w.tokens, 0) AS sharing,
       h.waiting, f.prompts AS noise_prompts, f.mean_prob AS noise_mean_prob, f.max_prob AS noise_max_prob,
       f.mean_log_prob AS noise_mean_log_prob, f.max_log_prob AS noise_max_log_prob,
       f.mean_similarity AS noise_mean_similarity, f.max_similarity AS noise_max_similarity,
       d.prompts AS rounding_prompts, d.mean_prob AS rounding_mean_prob, d.max_prob AS rounding_max_prob,
       d.mean_similarity AS rounding_mean_similarity, d.max_similarity AS rounding_max_similarity,
       r.language, r.translation, r.translation_sha256, s.refusals, r.control, r.reading, r.origin, p.part AS survey_part, p.split AS survey_split, g.reading_settings,
       coalesce(b.bounded_answers, 0) AS bounded_answers, b.largest_bound
FROM runs AS r
JOIN run_labels AS l ON l.run_id = r.run_id
JOIN models AS m ON m.model_id = r.model_id
JOIN surveys AS s ON s.survey_id = r.survey_id
LEFT JOIN asked AS q ON q.survey_id = r.survey_id
LEFT JOIN parted AS p ON p.survey_id = r.survey_id
LEFT JOIN run_masses AS a ON a.run_id = r.run_id
LEFT JOIN settings AS g ON g.run_id = r.run_id
LEFT JOIN bounded AS b ON b.run_id = r.run_id
LEFT JOIN missed AS u ON u.run_id = r.run_id
LEFT JOIN thin_limits AS t ON t.run_id = r.run_id
LEFT JOIN worked AS w ON w.run_id = r.run_id
LEFT JOIN waited AS h ON h.run_id = r.run_id
LEFT JOIN noise_floors AS f ON f.run_id = r.run_id
LEFT JOIN rounding_floors AS d ON d.run_id = r.run_id;
COMMENT ON VIEW run_overview IS 'One row per run: what was asked, how, of which model, how far it came and how fast.';
COMMENT ON COLUMN run_overview.run_id IS 'The run.';
COMMENT ON COLUMN run_overview.exact IS 'Whether each prompt was decoded alone in F32.';
COMMENT ON COLUMN run_overview.questions IS 'Questions of the survey.';
COMMENT ON COLUMN run_overview.answered IS 'Questions with an answer.';
COMMENT ON COLUMN run_overview.unanswered IS 'Questions with a reason why there is none.';
COMMENT ON COLUMN run_overview.mean_label_mass IS 'Mean over the answered questions of the probability of all labels together.';
COMMENT ON COLUMN run_overview.mean_off_menu IS 'Mean over the answered questions of 1 - label mass; of written answers, over all questions with texts, the share that name no single option.';
COMMENT ON COLUMN run_overview.forced_boundaries IS 'Prompts where prompt and label would have merged into one token.';
COMMENT ON COLUMN run_overview.tokens IS 'Tokens decoded in all sessions that ended properly; a killed session adds nothing.';
COMMENT ON COLUMN run_overview.seconds IS 'Time at work in these sessions.';
COMMENT ON COLUMN run_overview.tokens_per_second IS 'tokens / seconds.';
COMMENT ON COLUMN run_overview.started_at IS 'Start of the first session, UTC.';
COMMENT ON COLUMN run_overview.finished_at IS 'End of the last session that ended, UTC.';
COMMENT ON COLUMN run_overview.status IS 'Of the last session: running, complete, interrupted, killed or shard.';
COMMENT ON COLUMN run_overview.model_sha256 IS 'SHA-256 of the model file.';
COMMENT ON COLUMN run_overview.engine_build IS 'Version of the inference library.';
COMMENT ON COLUMN run_overview.device IS 'What computed.';
COMMENT ON COLUMN run_overview.survey_sha256 IS 'SHA-256 of the survey file.';
COMMENT ON COLUMN run_overview.template_version IS 'Version of the wording.';
COMMENT ON COLUMN run_overview.template_sha256 IS 'SHA-256 of the wording''s bytes.';
COMMENT ON COLUMN run_overview.kv_type IS 'Number type of the key-value cache.';
COMMENT ON COLUMN run_overview.flash_attention IS 'Whether llama.cpp might use flash attention.';
COMMENT ON COLUMN run_overview.thin_below IS 'Countries with fewer questions are thin, see thin_limits.';
COMMENT ON COLUMN run_overview.sessions IS 'How often a program worked on the run.';
COMMENT ON COLUMN run_overview.threads IS 'Threads of the last session.';
COMMENT ON COLUMN run_overview.machine IS 'A line about the machine of the last session.';
COMMENT ON COLUMN run_overview.tool_version IS 'Version of this program in the last session.';
COMMENT ON COLUMN run_overview.answers IS 'Prompts answered; each order of a question''s options counts.';
COMMENT ON COLUMN run_overview.plan IS 'How prompts were put together for decoding, in a word.';
COMMENT ON COLUMN run_overview.plan_sha256 IS 'Identifies every decode of the run; NULL until it is known.';
COMMENT ON COLUMN run_overview.unshared_tokens IS 'Tokens that these sessions would have decoded had no two prompts shared any.';
COMMENT ON COLUMN run_overview.sharing IS 'unshared_tokens / tokens.';
COMMENT ON COLUMN run_overview.waiting IS 'The share of the time at work in which no decode was under way, so that the device waited for its host for certain; NULL where it is not known, see session_waits.';
COMMENT ON COLUMN run_overview.noise_prompts IS 'Prompts that the noise floor was measured on, see noise_floors; NULL, like the others, where it was not measured.';
COMMENT ON COLUMN run_overview.noise_mean_prob IS 'Mean difference of an option''s probability.';
COMMENT ON COLUMN run_overview.noise_max_prob IS 'Largest difference of an option''s probability.';
COMMENT ON COLUMN run_overview.noise_mean_log_prob IS 'Mean difference of a label''s log-probability.';
COMMENT ON COLUMN run_overview.noise_max_log_prob IS 'Largest difference of a label''s log-probability.';
COMMENT ON COLUMN run_overview.noise_mean_similarity IS 'Mean difference of the similarity of one question and country.';
COMMENT ON COLUMN run_overview.noise_max_similarity IS 'Largest difference of the similarity of one question and country.';
COMMENT ON COLUMN run_overview.rounding_prompts IS 'Prompts on which the arithmetic with quantised weights was held against float arithmetic, see rounding_floors; NULL, like the others, where it was not measured.';
COMMENT ON COLUMN run_overview.rounding_mean_prob IS 'Mean difference of an option''s probability.';
COMMENT ON COLUMN run_overview.rounding_max_prob IS 'Largest difference of an option''s probability.';
COMMENT ON COLUMN run_overview.rounding_mean_similarity IS 'Mean difference of the similarity of one question and country.';
COMMENT ON COLUMN run_overview.rounding_max_similarity IS 'Largest difference of the similarity of one question and country.';
COMMENT ON COLUMN run_overview.translation IS 'human or machine, where the questions were translated.';
COMMENT ON COLUMN run_overview.translation_sha256 IS 'SHA-256 of the translation file; NULL where there is none.';
COMMENT ON COLUMN run_overview.refusals IS 'What is done with refusals: keep, drop or separate. All policies are in survey_policies.';
COMMENT ON COLUMN run_overview.survey_part IS 'train or held-out, where only that part of the survey was used; NULL for all of it.';
COMMENT ON COLUMN run_overview.survey_split IS 'The split of which that is a part: what was parted, the share that is held out, and the seed.';
COMMENT ON COLUMN run_overview.reading_settings IS 'What else makes the reading, as how many texts are written; NULL where nothing does.';
COMMENT ON COLUMN run_overview.bounded_answers IS 'Answers some of whose log_probs are only the most that they can be, see answer_bounds.';
COMMENT ON COLUMN run_overview.largest_bound IS 'The largest mass of bounds in one of these answers; NULL where there are none.';
COMMENT ON COLUMN run_overview.origin IS 'run where this program asked the model, import where the answers came from a file.';
