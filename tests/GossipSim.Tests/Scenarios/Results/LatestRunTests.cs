using System.Globalization;
using GossipSim.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Results;

/// <summary>Which run is the latest, whatever copying and version control made of the link.</summary>
internal sealed class LatestRunTests
{
    private const string Old = "20260101-100000_old_s1";
    private const string New = "20260101-110000_new_s2";

    private readonly TemporaryFolder results = new();

    private string Latest => results[LatestRun.Name];

    [TearDown]
    public void Delete() => results.Dispose();

    [Test]
    public void The_link_leads_to_the_run_that_started_last_whichever_began_last()
    {
        var (old, young) = (Make(Old), Make(New));

        Assert.That(Set(young), Is.Null);
        Assert.That(Set(old), Is.Null);

        Assert.That(new FileInfo(Latest).LinkTarget, Is.EqualTo(New));
        Assert.That(LatestRun.Find(results.Path), Is.EqualTo(new FoundRun(young)));
    }

    [Test]
    public void Runs_that_begin_at_the_same_time_leave_one_link()
    {
        var runs = Enumerable.Range(10, 40).Select(second => Make($"20260101-1000{second}_run_s1")).ToList();

        var problems = runs.AsParallel().WithDegreeOfParallelism(8).Select(run => Set(run)).ToList();

        Assert.That(problems, Is.All.Null);
        Assert.That(runs, Does.Contain(results[new FileInfo(Latest).LinkTarget!]));
        Assert.That(LatestRun.Find(results.Path)!.Value.Folder, Is.EqualTo(runs[^1]));
    }

    [Test]
    public void A_link_to_a_run_that_is_gone_is_replaced()
    {
        Directory.CreateSymbolicLink(Latest, "20250101-100000_gone_s1");
        var run = Make(Old);

        Assert.That(LatestRun.Find(results.Path)!.Value.Note, Does.Contain("leads to 20250101-100000_gone_s1, which"));
        Assert.That(Set(run), Is.Null);
        Assert.That(LatestRun.Find(results.Path), Is.EqualTo(new FoundRun(run)));
    }

    [Test]
    public void A_link_that_leads_elsewhere_is_left_alone_and_not_followed()
    {
        using var elsewhere = new TemporaryFolder();
        File.WriteAllText(elsewhere["run.json"], Card("20270101-100000"));
        Directory.CreateSymbolicLink(Latest, elsewhere.Path);
        var run = Make(Old);

        Assert.That(Set(run), Does.Contain($"it is a link to {elsewhere.Path}, which gossipsim did not make"));

        Assert.That(new FileInfo(Latest).LinkTarget, Is.EqualTo(elsewhere.Path));
        Assert.That(LatestRun.Find(results.Path)!.Value.Folder, Is.EqualTo(run));
        Assert.That(LatestRun.Find(results.Path)!.Value.Note, Does.Contain(elsewhere.Path).And.Contain(Old));
    }

    [TestCase("../outside_s1")]
    [TestCase("../results/" + Old)]
    [TestCase("notes")]
    [TestCase(Old + "/logs")]
    public void Only_the_name_of_a_run_beside_it_makes_a_link_the_programs_own(string target)
    {
        Directory.CreateSymbolicLink(Latest, target);

        Assert.That(Set(Make(New)), Does.Contain($"a link to {target}"));
        Assert.That(new FileInfo(Latest).LinkTarget, Is.EqualTo(target));
    }

    [Test]
    public void A_copied_folder_is_left_alone_and_misleads_nobody()
    {
        Make(Old);
        Make(LatestRun.Name, Old);
        File.WriteAllText(Path.Combine(Latest, "mine.txt"), "keep");

        var run = Make(New);

        Assert.That(Set(run), Does.Contain("it is a folder, which gossipsim did not make"));
        Assert.That(File.Exists(Path.Combine(Latest, "mine.txt")), Is.True);
        var found = LatestRun.Find(results.Path)!.Value;
        Assert.That(found.Folder, Is.EqualTo(run));
        Assert.That(found.Note, Does.Contain("latest is a folder, not the link that gossipsim makes")
            .And.Contain($"{New}, started 2026-01-01 11:00:00"));
    }

    [Test]
    public void A_copied_folder_beside_its_run_is_not_taken_for_a_later_one()
    {
        Make(LatestRun.Name, New);
        var run = Make(New);

        Assert.That(LatestRun.Find(results.Path)!.Value.Folder, Is.EqualTo(run));
    }

    [Test]
    public void A_copied_folder_that_is_the_only_run_is_the_latest()
    {
        var only = Make(LatestRun.Name, New);

        Assert.That(LatestRun.Find(results.Path), Is.EqualTo(new FoundRun(only)));
    }

    [TestCase("\n")]
    [TestCase("\r\n")]
    [TestCase("")]
    public void A_text_file_with_the_name_of_a_run_is_as_good_as_a_link(string ending)
    {
        var old = Make(Old);
        File.WriteAllText(Latest, Old + ending);

        Assert.That(LatestRun.Find(results.Path), Is.EqualTo(new FoundRun(old)));
        var run = Make(New);
        Assert.That(LatestRun.Find(results.Path)!.Value.Note, Does.Contain($"leads to {Old}, which started earlier"));
        Assert.That(Set(run), Is.Null);
        Assert.That(LatestRun.Find(results.Path), Is.EqualTo(new FoundRun(run)));
    }

    [TestCase("my notes about the latest run")]
    [TestCase("../" + Old)]
    [TestCase("")]
    [TestCase(Old + "\n" + New)]
    [TestCase("\0")]
    public void Any_other_file_is_left_alone(string text)
    {
        File.WriteAllText(Latest, text);
        var run = Make(New);

        Assert.That(Set(run), Does.Contain("it is a file with other text, which gossipsim did not make"));
        Assert.That(File.ReadAllText(Latest), Is.EqualTo(text));
        Assert.That(LatestRun.Find(results.Path)!.Value.Folder, Is.EqualTo(run));
    }

    [Test]
    public void Where_links_cannot_be_made_a_text_file_names_the_run()
    {
        var (old, young) = (Make(Old), Make(New));

        Assert.That(Set(old, NoLinks), Is.Null);
        Assert.That(File.ReadAllText(Latest), Is.EqualTo(Old + "\n"));
        Assert.That(Set(young, NoLinks), Is.Null);

        Assert.That(LatestRun.Find(results.Path), Is.EqualTo(new FoundRun(young)));
    }

    [Test]
    public void Where_nothing_can_be_written_the_newest_run_is_taken_and_told()
    {
        var (_, young) = (Make(Old), Make(New));

        var problem = Set(young, (path, _) =>
        {
            Directory.CreateDirectory(path);
            throw new UnauthorizedAccessException("denied");
        });

        Assert.That(problem, Does.Contain("does not lead to this run").And.Contain("take the newest one there"));
        Assert.That(LatestRun.Find(results.Path)!.Value.Folder, Is.EqualTo(young));
    }

    [Test]
    public void Without_a_link_the_newest_run_that_began_is_taken()
    {
        Make(Old);
        var run = Make(New);
        Directory.CreateDirectory(results["20260101-120000_draft_s3"]);
        File.WriteAllText(results["20260101-120000_draft_s3/run.json"], "{}");
        Directory.CreateDirectory(results["20260101-130000_broken_s3"]);
        File.WriteAllText(results["20260101-130000_broken_s3/run.json"], "[");

        var found = LatestRun.Find(results.Path)!.Value;

        Assert.That(found.Folder, Is.EqualTo(run));
        Assert.That(found.Note, Does.Contain("latest is not there"));
    }

    [Test]
    public void Without_a_run_there_is_no_latest_one()
    {
        Assert.That(LatestRun.Find(results.Path), Is.Null);
        Assert.That(LatestRun.Find(results["absent"]), Is.Null);
        Directory.CreateSymbolicLink(Latest, Old);
        Assert.That(LatestRun.Find(results.Path), Is.Null);
    }

    private static void NoLinks(string path, string target) => throw new IOException("no links here");

    private static string? Set(string run, Action<string, string>? makeLink = null) =>
        LatestRun.Set(run, RunCard.StartIn(run)!.Value, makeLink);

    /// <param name="start">The name of the run whose start it has; its own by default.</param>
    private string Make(string name, string? start = null)
    {
        Directory.CreateDirectory(results[name]);
        File.WriteAllText(Path.Combine(results[name], "run.json"), Card((start ?? name)[..15]));
        return results[name];
    }

    private static string Card(string start)
    {
        var time = DateTime.ParseExact(start, "yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        return $$"""{ "startedAt": "{{time:yyyy-MM-ddTHH:mm:ss}}+00:00" }""";
    }
}
