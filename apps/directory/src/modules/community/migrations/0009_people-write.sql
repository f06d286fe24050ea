select platform.people_write('community');
