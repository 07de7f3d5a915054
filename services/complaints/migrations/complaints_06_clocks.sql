-- Referrals as rows of their own, and who holds which office
-- depends: complaints_01_cases

-- migrate: apply

-- What an alliance told of its members' roles: whom a missed day or a referral is told to.
CREATE TABLE offices (
    member_id      uuid        NOT NULL,
    alliance_id    uuid        NOT NULL,
    role           text        NOT NULL,
    place_id       uuid
);
CREATE INDEX offices_of_alliance ON offices (alliance_id);
CREATE INDEX offices_of_member ON offices (member_id);

-- A line for each referral ever sent; the case decides, this lists. It has no DELETE anywhere.
CREATE TABLE referrals (
    referral_id    uuid        PRIMARY KEY,
    case_id        uuid        NOT NULL REFERENCES cases,
    authority      text        NOT NULL,
    officer_id     uuid,
    sent_on        date        NOT NULL,
    returned_on    date
);
CREATE INDEX referrals_of_case ON referrals (case_id);
CREATE INDEX referrals_open ON referrals (sent_on) WHERE returned_on IS NULL;

-- Cases kept before there were several referrals have one that takes the case's own id.
UPDATE cases SET state = jsonb_set(
    jsonb_set(
        state, '{file,referrals}',
        jsonb_build_array(jsonb_build_object(
            'referral_id', id,
            'authority', state #>> '{file,referred_to}',
            'sent_on', (SELECT clock ->> 'since' FROM jsonb_array_elements(state #> '{file,clocks}') AS clock
                        WHERE clock ->> 'name' = 'referral')
        ))
    ),
    '{file,clocks}',
    (SELECT jsonb_agg(CASE WHEN clock ->> 'name' = 'referral'
                           THEN clock || jsonb_build_object('of', id) ELSE clock END)
     FROM jsonb_array_elements(state #> '{file,clocks}') AS clock)
)
WHERE state #>> '{file,referred_to}' IS NOT NULL;

INSERT INTO referrals (referral_id, case_id, authority, sent_on)
SELECT id, id, state #>> '{file,referred_to}', (state #>> '{file,referrals,0,sent_on}')::date
FROM cases WHERE state #>> '{file,referred_to}' IS NOT NULL;

-- migrate: rollback

DROP TABLE referrals;
DROP TABLE offices;
