# SPDX-License-Identifier: GPL-3.0-or-later
"""What changed since a state: pages stay right while rows change underneath, and no row goes back in time."""

import base64
import random
import threading

import tap
from portal import DAY, PortalTestCase


class Mirror:
    """What a client knows: it takes a row only with a revision that is higher than its own."""

    def __init__(self, client):
        self.client = client
        self.rows = {}
        self.state = None
        self.total = None

    def take(self, row):
        known = self.rows.get(row["id"])
        if known is None or row["revision"] > known["revision"]:
            self.rows[row["id"]] = row
        elif row["revision"] == known["revision"] and row != known:
            raise AssertionError(f"one revision, two rows:\n{row}\n{known}")

    def read_page(self, limit):
        page = self.client.changes(self.state, limit).json
        if page["old-state"] != self.state:
            raise AssertionError(f"asked since {self.state}, answered since {page['old-state']}")
        if len(page["changed"]) + len(page["removed"]) > limit:
            raise AssertionError("the page is longer than its limit")
        for row in page["changed"]:
            self.take(row)
        for removed in page["removed"]:
            self.rows.pop(removed["id"], None)
        self.state = page["new-state"]
        self.total = page["total"]
        return page["has-more-changes"]

    def catch_up(self, limit=500):
        for _ in range(1000):
            if not self.read_page(limit):
                return
        raise AssertionError("the changes never end")


class TestChanges(PortalTestCase):
    def test_pages_and_one_read_agree(self):
        whole = self.admin.read_all()[0]
        for limit in (1, 7, 500):
            mirror = Mirror(self.admin)
            mirror.catch_up(limit)
            self.assertEqual(mirror.rows, whole)
            self.assertEqual(mirror.total, len(whole))

    def test_nothing_new_keeps_the_state(self):
        _, state = self.admin.read_all()
        page = self.admin.changes(state).json
        self.assertEqual((page["old-state"], page["new-state"]), (state, state))
        self.assertEqual((page["changed"], page["removed"], page["has-more-changes"]), ([], [], False))

    def test_rows_that_change_between_pages(self):
        mirror = Mirror(self.admin)
        suggestions = ["brueckenhof", "oey", "larkmoor-energy", "galazia-petra", "dhaval-megh"]
        ids = {customer: self.admin.row_of(customer)["id"] for customer in suggestions}
        more = True
        while more:
            more = mirror.read_page(4)
            if suggestions:
                self.assertEqual(self.admin.connect(ids[suggestions.pop()]).status, 200)
                more = True
        self.assertEqual(mirror.rows, self.admin.read_all()[0])

    def test_only_what_changed_comes_again(self):
        _, state = self.admin.read_all()
        written = self.admin.connect(self.admin.row_of("oey")["id"]).json["connection"]
        page = self.admin.changes(state).json
        self.assertEqual(page["changed"], [written])

    def test_revisions_only_rise(self):
        row = self.admin.row_of("brueckenhof")
        seen = [row["revision"], self.admin.connect(row["id"]).json["connection"]["revision"]]
        self.admin.advance(31 * DAY)
        seen.append(self.admin.row(row["id"])["revision"])
        seen.append(self.admin.resend(row["id"]).json["connection"]["revision"])
        self.assertEqual(seen, sorted(set(seen)))

    def test_expiry_moves_the_state(self):
        rows, state = self.admin.read_all()
        pending = {key for key, row in rows.items() if row["status"] == "pending"}
        self.admin.advance(31 * DAY)
        changed = {row["id"]: row for row in self.admin.changes(state, 500).json["changed"]}
        self.assertEqual(set(changed), pending)
        self.assertEqual({row["status"] for row in changed.values()}, {"expired"})

    def test_a_search_moves_the_state_and_the_account(self):
        _, state = self.admin.read_all()
        self.admin.search("Larkmoor")
        page = self.admin.changes(state).json
        self.assertNotEqual(page["new-state"], state)
        self.assertEqual(page["account"]["searches"]["used"], 1)
        self.assertEqual(page["changed"], [])

    def test_two_clients_see_one_time(self):
        """Both read in pages of their own, one writes: at the end both know the same, and neither saw a row go back."""
        first, second = Mirror(self.admin), Mirror(self.portal.admin())
        seed = random.randrange(1 << 32)
        dice = random.Random(seed)
        print(f"# seed {seed}")
        suggested = [row["id"] for row in self.admin.read_all()[0].values() if row["actions"] == ["connect"]]
        for _ in range(60):
            act = dice.randrange(6)
            if act == 0 and suggested:
                first.take(first.client.connect(suggested.pop()).json["connection"])
            elif act == 1:
                first.client.advance(dice.randrange(4 * DAY))
            elif act == 2 and first.rows:
                first.take(first.client.row(dice.choice(sorted(first.rows))))
            else:
                dice.choice((first, second)).read_page(dice.randrange(1, 9))
        first.catch_up(5)
        second.catch_up(500)
        self.assertEqual(first.rows, second.rows)

    def test_reading_while_another_writes(self):
        mirror = Mirror(self.portal.admin())
        suggested = [row["id"] for row in self.admin.read_all()[0].values() if row["actions"] == ["connect"]]
        writer = threading.Thread(target=lambda: [self.admin.connect(one) for one in suggested])
        writer.start()
        while writer.is_alive():
            mirror.read_page(3)
        writer.join(60)
        mirror.catch_up(3)
        self.assertEqual(mirror.rows, self.admin.read_all()[0])

    def test_an_answer_from_before_a_write_does_not_win(self):
        page = self.admin.changes(None, 500).json
        row = self.admin.row_of("oey")
        mirror = Mirror(self.admin)
        mirror.take(self.admin.connect(row["id"]).json["connection"])
        for old in page["changed"]:
            mirror.take(old)
        self.assertEqual(mirror.rows[row["id"]]["status"], "pending")

    def test_states_that_cannot_be_used(self):
        _, state = self.admin.read_all()
        forged = base64.urlsafe_b64encode(b"1:2:3").decode()
        for other in ("", "0", "garbage", "-1", "999999999999", state + "x", state[:-1], forged, "x" * 512):
            with self.subTest(other[:20]):
                self.assert_refused(self.admin.changes(other), 410, "state-unusable")

    def test_a_state_of_another_portal(self):
        from portal import Portal

        with Portal() as other:
            _, state = other.admin().read_all()
        self.assert_refused(self.admin.changes(state), 410, "state-unusable")

    def test_a_reset_begins_a_new_epoch(self):
        _, state = self.admin.read_all()
        epoch = self.admin.get_account()["epoch"]
        self.admin.connect(self.admin.row_of("oey")["id"])
        self.admin.search("Larkmoor")
        self.admin.reset()
        self.assert_refused(self.admin.changes(state), 410, "state-unusable")
        account = self.admin.get_account()
        self.assertNotEqual(account["epoch"], epoch)
        self.assertEqual(account["searches"]["used"], 0)
        self.assertEqual(self.admin.row_of("oey")["status"], "suggested")

    def test_limits(self):
        for limit in (0, -1, 501, "many", ""):
            with self.subTest(limit):
                self.assert_refused(self.admin.changes(None, limit), 400, "invalid-request")
        self.assertLessEqual(len(self.admin.changes().json["changed"]), 50)


if __name__ == "__main__":
    tap.main()
