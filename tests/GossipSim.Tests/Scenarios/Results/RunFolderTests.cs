using GossipSim.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Results;

internal sealed class RunFolderTests
{
    private static readonly DateTimeOffset Start = new(2026, 2, 24, 20, 32, 48, TimeSpan.Zero);

    private readonly TemporaryFolder results = new();

    [TearDown]
    public void Delete() => results.Dispose();

    [Test]
    public void A_folder_is_named_by_time_scenario_and_random_seed()
    {
        var folder = RunFolder.Create(results.Path, Start, "crash-hub", 42);

        Assert.That(Path.GetFileName(folder.FullPath), Is.EqualTo("20260224-203248_crash-hub_s42"));
        Assert.That(Directory.Exists(folder.FullPath), Is.True);
    }

    [Test]
    public void Runs_of_the_same_second_get_folders_of_their_own()
    {
        var names = Enumerable.Range(0, 3).AsParallel()
            .Select(_ => Path.GetFileName(RunFolder.Create(results.Path, Start, "crash-hub", 42).FullPath)).ToList();

        Assert.That(names, Is.EquivalentTo(new[]
        {
            "20260224-203248_crash-hub_s42", "20260224-203248_crash-hub_s42_2", "20260224-203248_crash-hub_s42_3",
        }));
    }

    [Test]
    public void Latest_leads_to_the_last_run_that_began()
    {
        RunFolder.Create(results.Path, Start, "first", 1).Begin();
        var second = RunFolder.Create(results.Path, Start, "second", 2);
        second.Begin();
        RunFolder.Create(results.Path, Start, "third", 3);

        Assert.That(new FileInfo(results["latest"]).LinkTarget, Is.EqualTo("20260224-203248_second_s2"));
        Assert.That(second.LatestProblem, Is.Null);
    }

    [Test]
    public void A_run_whose_link_cannot_be_set_says_why()
    {
        Directory.CreateDirectory(results["latest"]);
        var folder = RunFolder.Create(results.Path, Start, "first", 1);

        folder.Begin();

        Assert.That(folder.LatestProblem, Does.Contain("it is a folder, which gossipsim did not make"));
    }

    [Test]
    public void Of_a_run_that_never_began_no_folder_is_kept()
    {
        var begun = RunFolder.Create(results.Path, Start, "begun", 1);
        begun.Begin();
        var other = RunFolder.Create(results.Path, Start, "other", 2);

        begun.DiscardUnlessBegun();
        other.DiscardUnlessBegun();

        Assert.That(Directory.Exists(begun.FullPath), Is.True);
        Assert.That(Directory.Exists(other.FullPath), Is.False);
    }

    [Test]
    public void A_name_that_is_no_file_name_cannot_leave_the_results()
    {
        var folder = RunFolder.Create(results.Path, Start, "../up/ö", 1);

        Assert.That(Path.GetDirectoryName(folder.FullPath), Is.EqualTo(Path.GetFullPath(results.Path)));
    }
}
