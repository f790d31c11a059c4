using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Sweeps;
using GossipSim.Tests.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Sweeps;

/// <summary>What Slurm is asked, and what is made of its answers; `.ci/run` does it with a real one.</summary>
[TestFixture]
internal sealed class SubmitTests
{
    private readonly SweepPlan plan = SmallSweeps.Plan(SmallSweeps.Grid);
    private readonly List<string> asked = [];
    private readonly StringWriter output = new();
    private TemporaryFolder folder = null!;

    /// <summary>What squeue says.</summary>
    private ToolOutput queue = null!;

    [SetUp]
    public void Begin() => (folder, queue) = (new TemporaryFolder(), new ToolOutput(0, "", ""));

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void The_job_array_has_a_task_for_each_shard_and_the_merge_waits_for_all_of_them()
    {
        var code = Submit(tasks: 4, "--partition=main");

        Assert.That(code, Is.EqualTo(ExitCode.Held));
        Assert.That(asked[0], Is.EqualTo(
            $"sbatch --parsable --chdir={folder.Path} --array=0-3 {folder.Path}/slurm/shard.sbatch"));
        Assert.That(asked[1], Is.EqualTo(
            $"sbatch --parsable --chdir={folder.Path} --dependency=afterany:101 {folder.Path}/slurm/merge.sbatch"));
        var script = File.ReadAllText(folder["slurm/shard.sbatch"]);
        Assert.That(script, Does.StartWith("#!/bin/sh\n#SBATCH --job-name=gossipsim-small\n"));
        Assert.That(script, Does.Contain("#SBATCH --partition=main\n"));
        Assert.That(script, Does.Contain(" sweep . --shard \"$SLURM_ARRAY_TASK_ID/4\" "));
        Assert.That(File.ReadAllText(folder["slurm/merge.sbatch"]), Does.Contain(" sweep merge ."));
    }

    [Test]
    public void Said_again_only_what_failed_is_submitted()
    {
        Submit(tasks: 4);
        // Shards 0 and 3 are complete, 1 lacks a result, 2 has none.
        Finish(0, 4, 8, 3, 7, 11, 1, 5);
        queue = new ToolOutput(0, "0|COMPLETED\n1|FAILED\n2|NODE_FAIL\n3|COMPLETED\n", "");

        Submit(tasks: null);

        Assert.That(asked, Has.Some.EndsWith($" --array=1-2 {folder.Path}/slurm/shard.sbatch"));
        Assert.That(asked[^1], Does.Contain("--dependency=afterany:104"));
    }

    [Test]
    public void What_is_still_queued_or_running_is_left_alone()
    {
        Submit(tasks: 4);
        queue = new ToolOutput(0, "0|RUNNING\n1|PENDING\n2|FAILED\n3|COMPLETING\n", "");

        Submit(tasks: null);
        Assert.That(asked, Has.Some.EndsWith($" --array=2 {folder.Path}/slurm/shard.sbatch"));

        var others = Assert.Throws<UsageException>(() => Submit(tasks: 3))!;
        Assert.That(others.Message, Does.Contain("4 shards are still queued or running"));
    }

    [Test]
    public void When_all_is_done_nothing_is_submitted()
    {
        Finish([.. Enumerable.Range(0, plan.TaskCount)]);

        Submit(tasks: 4);

        Assert.That(asked, Is.Empty);
        Assert.That(output.ToString(), Does.Contain("All 12 tasks done: gossipsim sweep merge"));
    }

    [Test]
    public void Status_names_failed_shards_and_their_tasks()
    {
        Submit(tasks: 4);
        Finish(0, 4, 8, 3, 7, 1, 5, 9);
        queue = new ToolOutput(0, "0|COMPLETED\n1|COMPLETED\n2|RUNNING\n3|TIMEOUT\n", "");

        StatusSession.Run(plan, folder.Path, Terminal, json: false, Ask);

        Assert.That(output.ToString(), Does.Contain("8 of 12 tasks done"));
        Assert.That(output.ToString(), Does.Contain("shard 2: 0 of 3 done, RUNNING\n"));
        Assert.That(output.ToString(), Does.Contain("shard 3: 2 of 3 done, TIMEOUT\n  task 11 (loss = 0.05,"));
        Assert.That(output.ToString(), Does.Contain("Failed shards 3: gossipsim sweep submit"));
    }

    [Test]
    public void Slurm_forgets_jobs_and_the_results_do_not()
    {
        Submit(tasks: 2);
        Finish(0, 2, 4, 6, 8, 10);
        queue = new ToolOutput(1, "", "slurm_load_jobs error: Invalid job id specified");

        StatusSession.Run(plan, folder.Path, Terminal, json: false, Ask);

        Assert.That(output.ToString(), Does.Contain("shard 0: 6 of 6 done, done"));
        Assert.That(output.ToString(), Does.Contain("shard 1: 0 of 6 done, no longer known to Slurm"));
    }

    [Test]
    public void What_Slurm_refuses_is_said_in_its_words()
    {
        var refused = new ToolOutput(1, "", "sbatch: error: invalid partition specified: nowhere");

        Assert.That(
            () => SubmitSession.Run(
                new SubmitRequest(plan, folder.Path, 2, ["--partition=nowhere"], Json: false), Terminal,
                (_, _) => refused),
            Throws.TypeOf<EnvironmentException>().With.Message.Contains("invalid partition specified: nowhere"));
        Assert.That(SubmissionLog.Read(folder.Path), Is.Empty);
    }

    [TestCase(new int[0], "")]
    [TestCase(new[] { 4 }, "4")]
    [TestCase(new[] { 0, 1, 2, 5, 7, 8 }, "0-2,5,7-8")]
    public void Numbers_are_told_as_ranges(int[] numbers, string text) =>
        Assert.That(MissingTasks.Ranges(numbers), Is.EqualTo(text));

    private Terminal Terminal => new(output, output, allowsColors: false);

    private ExitCode Submit(int? tasks, params string[] options) => SubmitSession.Run(
        new SubmitRequest(plan, folder.Path, tasks, options, Json: false), Terminal, Ask);

    private ToolOutput Ask(string file, IReadOnlyList<string> arguments)
    {
        asked.Add($"{file} {string.Join(' ', arguments)}");
        return file == "squeue" ? queue : new ToolOutput(0, $"{100 + asked.Count};lab\n", "");
    }

    private void Finish(params int[] tasks)
    {
        using var writer = new ResultWriter(ResultFolder.In(folder.Path));
        foreach (var task in tasks) writer.Append(SmallSweeps.ResultOf(plan, task));
    }
}
