INSERT INTO site (id, slug, name, base_url, source_language, timezone, responsible, contact, engine, one_person_mode,
    created_at)
    VALUES (1, 'a', 'A', 'https://a.example/', 'sv', 'UTC', '', '', 'gloss', false, '2026-11-01 12:00:00+00:00');
INSERT INTO page (id, site_id, path, url, content_class, created_at) VALUES
    (1, 1, 'bygglov', '', 'rights', '2026-11-01 12:00:00+00:00'),
    (2, 1, 'bad', '', 'normal', '2026-11-01 12:00:00+00:00');
INSERT INTO page_version (id, page_id, number, title, body, content_hash, charset, origin, taken_at)
    VALUES (1, 1, 1, 'Bygglov', '', 'x', 'utf-8', '', '2026-11-01 12:00:00+00:00');
INSERT INTO block (id, page_version_id, number, kind) VALUES (1, 1, 0, 'p');
INSERT INTO segment (id, page_id, key, source, source_hash, created_at)
    VALUES (1, 1, 'k', 'Öppet', 'h', '2026-11-01 12:00:00+00:00');
INSERT INTO translation (id, segment_id, language) VALUES (1, 1, 'en');
INSERT INTO revision (id, translation_id, number, origin, text, source, accepted, created_at)
    VALUES (1, 1, 1, 'human', 'Open', 'Öppet', false, '2026-11-01 12:00:00+00:00');
INSERT INTO flag (id, revision_id, origin, name, severity, category, message_id, "values", state, created_at)
    VALUES (1, 1, 'check', 'empty', 'critical', 'accuracy/omission', 'empty', '{}', 'open', '2026-11-01 12:00:00+00:00');
