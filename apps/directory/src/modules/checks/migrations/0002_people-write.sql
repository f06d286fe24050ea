select platform.people_write('checks');
