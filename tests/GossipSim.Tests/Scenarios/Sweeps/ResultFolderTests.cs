using System.Text;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Sweeps;
using GossipSim.Tests.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Sweeps;

/// <summary>What processes leave that were killed at any moment, and what others make of it.</summary>
[TestFixture]
internal sealed class ResultFolderTests
{
    private readonly SweepPlan plan = SmallSweeps.Plan(SmallSweeps.Grid);

    [Test]
    public void A_file_cut_off_at_any_byte_has_the_results_before_and_no_other()
    {
        var lines = Enumerable.Range(0, 3).Select(task => ResultLine.Write(SmallSweeps.ResultOf(plan, task))).ToList();
        var bytes = Encoding.UTF8.GetBytes(string.Concat(lines));
        using var folder = new TemporaryFolder();
        var file = PartIn(folder);

        for (var length = 0; length <= bytes.Length; length++)
        {
            File.WriteAllBytes(file, bytes[..length]);

            var read = ResultFolder.Read(plan, folder.Path);

            // A line counts when all of its text is there, with or without its end.
            var whole = Enumerable.Range(1, 3).Count(count => length >= lines.Take(count).Sum(line => line.Length) - 1);
            Assert.That(read.Done, Is.EqualTo(whole), $"{length} bytes");
            Assert.That(read.Missing, Is.EqualTo(Enumerable.Range(whole, plan.TaskCount - whole)), $"{length} bytes");
        }
    }

    [Test]
    public void A_line_that_lost_a_letter_is_done_again()
    {
        using var folder = new TemporaryFolder();
        var line = ResultLine.Write(SmallSweeps.ResultOf(plan, 0));
        File.WriteAllText(PartIn(folder), line.Replace("1.1", "1.2") + ResultLine.Write(SmallSweeps.ResultOf(plan, 1)));

        var read = ResultFolder.Read(plan, folder.Path);

        Assert.That((read.Done, read.TornLines), Is.EqualTo((1, 1)));
        Assert.That(read.Results[1]!.Figures["gossip.latencyMs.p50"], Is.EqualTo(1.1));
    }

    [Test]
    public void Who_goes_on_writes_a_file_of_its_own_behind_a_torn_one()
    {
        using var folder = new TemporaryFolder();
        var line = ResultLine.Write(SmallSweeps.ResultOf(plan, 0));
        File.WriteAllText(PartIn(folder), line[..40]);

        using (var writer = new ResultWriter(ResultFolder.In(folder.Path)))
        {
            writer.Append(SmallSweeps.ResultOf(plan, 0));
            writer.Append(SmallSweeps.ResultOf(plan, 5));
        }

        var read = ResultFolder.Read(plan, folder.Path);
        Assert.That((read.Done, read.TornLines), Is.EqualTo((2, 1)));
        Assert.That(Directory.GetFiles(ResultFolder.In(folder.Path)), Has.Length.EqualTo(2));
    }

    [Test]
    public void Processes_that_begin_at_the_same_time_have_files_of_their_own()
    {
        using var folder = new TemporaryFolder();

        Parallel.For(0, plan.TaskCount, new ParallelOptions { MaxDegreeOfParallelism = 6 }, task =>
        {
            using var writer = new ResultWriter(ResultFolder.In(folder.Path));
            writer.Append(SmallSweeps.ResultOf(plan, task));
        });

        Assert.That(ResultFolder.Read(plan, folder.Path).Missing, Is.Empty);
    }

    [Test]
    public void The_same_task_done_twice_counts_once_and_must_have_come_to_the_same()
    {
        using var folder = new TemporaryFolder();
        var same = ResultLine.Write(SmallSweeps.ResultOf(plan, 3));
        File.WriteAllText(PartIn(folder), same + same);
        Assert.That(ResultFolder.Read(plan, folder.Path).Done, Is.EqualTo(1));

        File.WriteAllText(PartIn(folder), same + ResultLine.Write(SmallSweeps.ResultOf(plan, 3, value: 2)));

        Assert.That(
            () => ResultFolder.Read(plan, folder.Path),
            Throws.TypeOf<UsageException>().With.Message.Contains("two results that differ")
                .And.Message.Contains("task 3 (loss = 0, peers.count = 8; random seed 8)"));
    }

    [Test]
    public void Results_of_another_scenario_are_refused()
    {
        using var folder = new TemporaryFolder();
        var other = SmallSweeps.Plan(SmallSweeps.Grid, "gossip.intervalMs=1400");
        File.WriteAllText(PartIn(folder), ResultLine.Write(SmallSweeps.ResultOf(other, 0)));

        Assert.That(
            () => ResultFolder.Read(plan, folder.Path),
            Throws.TypeOf<UsageException>().With.Message.Contains("another sweep"));
    }

    private static string PartIn(TemporaryFolder folder)
    {
        Directory.CreateDirectory(ResultFolder.In(folder.Path));
        return Path.Combine(ResultFolder.In(folder.Path), "part-00001.jsonl");
    }
}
