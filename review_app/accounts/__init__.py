"""People, roles, sign-in and the audit log: reads sites, writes people, memberships, sign-ins and audit rows."""
