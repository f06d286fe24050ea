select platform.people_write('directory');
