using System.Diagnostics;
using System.Text.RegularExpressions;
using GossipSim.Scenarios.Nodes;

namespace GossipSim.Tests.Scenarios.Nodes;

/// <summary>The program as a process of its own, with all it prints. Ended by its id, whatever happens.</summary>
internal sealed class NodeProgram : IDisposable
{
    private readonly Process process;
    private readonly List<string> lines = [];

    public NodeProgram(string folder, params string[] arguments)
        : this(folder, ProgramLaunch.FileName, ProgramLaunch.Arguments(arguments))
    {
    }

    private NodeProgram(string folder, string file, string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        process = Process.Start(start)!;
        process.OutputDataReceived += Hear;
        process.ErrorDataReceived += Hear;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public string Text
    {
        get
        {
            lock (lines) return string.Join('\n', lines);
        }
    }

    /// <summary>A program of the system, such as a shell.</summary>
    public static NodeProgram Of(string folder, string file, params string[] arguments) =>
        new(folder, file, arguments);

    public int Count(string pattern)
    {
        lock (lines) return lines.Count(line => Regex.IsMatch(line, pattern));
    }

    public void Type(string line)
    {
        process.StandardInput.WriteLine(line);
        process.StandardInput.Flush();
    }

    public Task UntilPrintedAsync(string pattern, int times = 1) => Patience.UntilAsync(
        () => Count(pattern) >= times, $"{times} x '{pattern}' printed", () => Text);

    public async Task<int> ExitCodeAsync()
    {
        await Patience.UntilEndedAsync(process.WaitForExitAsync(), "the program's end", () => Text);
        return process.ExitCode;
    }

    public void Kill() => process.Kill();

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private void Hear(object sender, DataReceivedEventArgs heard)
    {
        if (heard.Data is not { } line) return;
        lock (lines) lines.Add(line);
    }
}
