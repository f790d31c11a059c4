using GossipSim.Scenarios.CommandLine;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.CommandLine;

[TestFixture]
internal sealed class VisibleTextTests
{
    [TestCase("plain, été, 漢字, 🙂", "plain, été, 漢字, 🙂")]
    [TestCase("two\nlines\tand a tab", "two\nlines\tand a tab")]
    [TestCase("ends as on Windows\r\n", "ends as on Windows\r\n")]
    [TestCase("\u001b[2J", @"\u001B[2J")]
    [TestCase("over\rwritten", @"over\u000Dwritten")]
    [TestCase("a\0b\u0007\u007f\u009b", @"a\u0000b\u0007\u007F\u009B")]
    [TestCase("\u202eevil\u2028\ufeff\u200b", @"\u202Eevil\u2028\uFEFF\u200B")]
    public void What_a_terminal_would_obey_is_shown(string text, string shown)
    {
        var writer = new StringWriter();
        var terminal = new Terminal(writer, writer, allowsColors: true) { OutputWidth = () => 200 };
        terminal.Output.Write(text);
        terminal.Output.Write(text.ToCharArray());

        Assert.That(VisibleText.Of(text), Is.EqualTo(shown));
        Assert.That(writer.ToString(), Is.EqualTo(shown + shown));
    }

    [Test]
    public void Text_of_others_cannot_begin_a_line_of_its_own() =>
        Assert.That(VisibleText.OnOneLine("a\nb\r\nc\td\u2028e"), Is.EqualTo(@"a b c d\u2028e"));

    [Test]
    public void Sentences_are_broken_between_words_and_only_on_a_screen()
    {
        const string Sentence = "    7.600 s  it was suspected by 127.0.0.1:7013, and nobody else";
        var writer = new StringWriter { NewLine = "\n" };
        var screen = new Terminal(writer, writer, allowsColors: false) { OutputWidth = () => 40 };
        screen.WriteProse(screen.Output, Sentence, indent: 13);
        var file = new Terminal(writer, writer, allowsColors: false);
        file.WriteProse(file.Output, Sentence, indent: 13);

        Assert.That(writer.ToString(), Is.EqualTo(
            "    7.600 s  it was suspected by\n             127.0.0.1:7013, and nobody\n             else\n"
            + Sentence + "\n"));
    }
}
