-- The second lock on the mediations themselves, once what they are looked up by is plain ids
-- depends: mediation_01_mediations mediation_04_amendments mediation_06_guests mediation_07_groups mediation_07_joint mediation_08_releases mediation_11_locks

-- migrate: apply

-- Under a policy an index serves where its comparison can betray no row: uuids can be compared so, arrays and jsonb cannot.
CREATE TABLE mediation_links (
    mediation_id    uuid        NOT NULL,
    alliance_id     uuid        NOT NULL,
    what            text        NOT NULL,
    link_id         uuid        NOT NULL
);
COMMENT ON TABLE mediation_links IS 'What a mediation is found by, a row for each id in it. Kept by triggers, as no writer of a mediation may forget it.';

CREATE FUNCTION links_of(mediation mediations) RETURNS TABLE (what text, link_id uuid)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
'SELECT DISTINCT links.what, id
 FROM (VALUES
     (''party'', (mediation).party_ids),
     (''guest'', (mediation).guest_ids),
     (''fellow'', (mediation).fellow_ids),
     (''mediator'', ARRAY[(mediation).mediator_id]),
     (''proposed'', ARRAY[(mediation).proposed_id]),
     (''captain'', ARRAY[(mediation).captain_id]),
     (''agreement'', ARRAY[(mediation).agreement_id]),
     (''amendment'', (mediation).amendment_ids),
     (''commitment'', (mediation).commitment_ids),
     (''release'', (mediation).release_ids)
 ) AS links (what, ids), unnest(ids) AS id
 WHERE id IS NOT NULL';

CREATE FUNCTION link_mediation() RETURNS trigger LANGUAGE plpgsql AS
'BEGIN
    DELETE FROM mediation_links
    WHERE mediation_id = NEW.id AND (what, link_id) NOT IN (SELECT kept.what, kept.link_id FROM links_of(NEW) AS kept);
    INSERT INTO mediation_links (mediation_id, alliance_id, what, link_id)
    SELECT NEW.id, NEW.alliance_id, links.what, links.link_id FROM links_of(NEW) AS links
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END';
CREATE TRIGGER mediations_are_linked AFTER INSERT ON mediations
    FOR EACH ROW EXECUTE FUNCTION link_mediation();
CREATE TRIGGER mediations_are_linked_anew AFTER UPDATE ON mediations
    FOR EACH ROW
    WHEN ((OLD.party_ids, OLD.guest_ids, OLD.fellow_ids, OLD.mediator_id, OLD.proposed_id, OLD.captain_id,
           OLD.agreement_id, OLD.amendment_ids, OLD.commitment_ids, OLD.release_ids)
          IS DISTINCT FROM
          (NEW.party_ids, NEW.guest_ids, NEW.fellow_ids, NEW.mediator_id, NEW.proposed_id, NEW.captain_id,
           NEW.agreement_id, NEW.amendment_ids, NEW.commitment_ids, NEW.release_ids))
    EXECUTE FUNCTION link_mediation();

INSERT INTO mediation_links (mediation_id, alliance_id, what, link_id)
SELECT mediations.id, alliance_id, links.what, links.link_id FROM mediations, links_of(mediations) AS links;
ALTER TABLE mediation_links
    ADD PRIMARY KEY (mediation_id, what, link_id),
    ADD FOREIGN KEY (mediation_id) REFERENCES mediations;
CREATE INDEX mediations_with ON mediation_links (link_id, alliance_id, mediation_id, what);

DROP INDEX mediations_of_party;
DROP INDEX mediations_of_guest;
DROP INDEX mediations_of_fellow;
DROP INDEX mediations_of_captain;
DROP INDEX mediations_asking;
DROP INDEX mediation_of_agreement;
DROP INDEX mediation_of_amendment;
DROP INDEX mediation_of_commitment;
DROP INDEX mediation_of_release;

DROP INDEX mediations_of_conflict;
DROP INDEX mediations_held_with;
ALTER TABLE mediations
    ADD COLUMN conflict_id uuid GENERATED ALWAYS AS ((state #>> '{matter,conflict_id}')::uuid) STORED,
    ADD COLUMN held_with uuid GENERATED ALWAYS AS ((state #>> '{session,with_mediation}')::uuid) STORED;
CREATE INDEX mediations_of_conflict ON mediations (conflict_id) WHERE conflict_id IS NOT NULL;
CREATE INDEX mediations_held_with ON mediations (held_with) WHERE held_with IS NOT NULL;

ALTER TABLE mediations ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON mediations
    USING (alliance_id = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));
ALTER TABLE mediation_links ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_alliance ON mediation_links
    USING (alliance_id = (SELECT nullif(current_setting('shangju.alliance', true), '')::uuid));

-- migrate: rollback

DROP POLICY own_alliance ON mediations;
ALTER TABLE mediations DISABLE ROW LEVEL SECURITY;
ALTER TABLE mediations DROP COLUMN conflict_id, DROP COLUMN held_with;
CREATE INDEX mediations_of_conflict ON mediations ((state #>> '{matter,conflict_id}'))
WHERE state #>> '{matter,conflict_id}' IS NOT NULL;
CREATE INDEX mediations_held_with ON mediations ((state #>> '{session,with_mediation}'))
WHERE state #>> '{session,with_mediation}' IS NOT NULL;
CREATE INDEX mediations_of_party ON mediations USING gin (party_ids);
CREATE INDEX mediations_of_guest ON mediations USING gin (guest_ids);
CREATE INDEX mediations_of_fellow ON mediations USING gin (fellow_ids);
CREATE INDEX mediations_of_captain ON mediations (captain_id) WHERE captain_id IS NOT NULL;
CREATE INDEX mediations_asking ON mediations (proposed_id);
CREATE INDEX mediation_of_agreement ON mediations (agreement_id);
CREATE INDEX mediation_of_amendment ON mediations USING gin (amendment_ids);
CREATE INDEX mediation_of_commitment ON mediations USING gin (commitment_ids);
CREATE INDEX mediation_of_release ON mediations USING gin (release_ids);
DROP TRIGGER mediations_are_linked ON mediations;
DROP TRIGGER mediations_are_linked_anew ON mediations;
DROP FUNCTION link_mediation;
DROP FUNCTION links_of;
DROP TABLE mediation_links;
