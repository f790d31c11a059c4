using System.Text;
using System.Text.RegularExpressions;
using GossipSim.Scenarios.Pages;
using GossipSim.Tests.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Pages;

/// <summary>What several pages share is one file, and stands in each of them.</summary>
[TestFixture]
internal sealed class SiteFilesTests
{
    [Test]
    public void A_part_stands_where_its_name_was_and_may_have_parts_itself()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["page.html"], "<main>\n  <!-- part: outer.html -->\n</main>\n");
        File.WriteAllText(folder["outer.html"], "<p>\n<!-- part: inner.html -->\n</p>\r\n");
        File.WriteAllText(folder["inner.html"], "inner\n");

        var page = SiteFiles.Of(folder.Path).Find("/page.html")!;

        Assert.That(Encoding.UTF8.GetString(page.Bytes), Is.EqualTo("<main>\n<p>\ninner\n</p>\n</main>\n"));
    }

    [TestCase("dashboard.html")]
    [TestCase("view.html")]
    [TestCase("view-embedded.html")]
    [TestCase("demo.html")]
    public void A_page_is_whole_and_names_each_of_its_elements_once(string page)
    {
        var text = SiteFiles.TextOf(Path.Combine(SiteFiles.ProgramFolder, page));
        var ids = Regex.Matches(text, " id=\"([^\"]+)\"").Select(id => id.Groups[1].Value).ToList();

        Assert.That(text, Does.Not.Contain("part:"));
        Assert.That(ids, Is.Unique.And.Not.Empty);
        foreach (Match used in Regex.Matches(text, "aria-(?:labelledby|describedby|controls)=\"([^\"]+)\""))
            Assert.That(ids, Does.Contain(used.Groups[1].Value));
    }
}
