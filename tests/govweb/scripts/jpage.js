// Unpacks the records that a list keeps as XML in a script block.
function jpage(id) {
  this.box = document.getElementById(id);
}
jpage.prototype.render = function () {
  var store = this.box.getElementsByTagName('script')[0].innerHTML;
  var record = /<record><!\[CDATA\[([\s\S]*?)\]\]><\/record>/g;
  var html = '';
  for (var match = record.exec(store); match; match = record.exec(store)) {
    html += match[1];
  }
  this.box.innerHTML = '<ul class="list">' + html + '</ul>';
};
