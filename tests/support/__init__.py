"""What tests of several services share. Import as `from tests.support.http import …`."""
