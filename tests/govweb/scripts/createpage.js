// Draws the links to the pages of a list: index.html, index_1.html, …
function createPageHTML(count, current, name, ext) {
  var html = '';
  for (var page = 0; page < count; page++) {
    var href = name + (page ? '_' + page : '') + '.' + ext;
    html += page === current ? '<span>' + (page + 1) + '</span>' : '<a href="' + href + '">' + (page + 1) + '</a>';
  }
  document.write(html);
}
