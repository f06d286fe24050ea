select platform.people_write('accounts');
