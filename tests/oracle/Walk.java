import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.FormIndex;
import org.javarosa.core.model.GroupDef;
import org.javarosa.core.model.IFormElement;
import org.javarosa.core.model.QuestionDef;
import org.javarosa.core.model.SelectChoice;
import org.javarosa.core.model.data.BooleanData;
import org.javarosa.core.model.data.IAnswerData;
import org.javarosa.core.model.instance.InstanceInitializationFactory;
import org.javarosa.core.model.instance.TreeElement;
import org.javarosa.core.model.instance.TreeReference;
import org.javarosa.form.api.FormEntryController;
import org.javarosa.form.api.FormEntryModel;
import org.javarosa.form.api.FormEntryPrompt;
import org.javarosa.core.services.PropertyManager;
import org.javarosa.model.xform.XFormsModule;
import org.javarosa.xform.util.XFormAnswerDataParser;
import org.javarosa.xform.util.XFormUtils;
import org.opendatakit.validate.StubPropertyManager;

/**
 * Fills a form in JavaRosa as lines on standard input say, and tells its state in lines: the protocol of walk.py.
 *
 * A path has no root and a position at each repeat: visit/person[2]/age.
 */
public final class Walk {
  /** A state settles after a few rounds, or never. */
  private static final int ROUNDS = 8;
  /** Between the names of choices, which may have spaces. */
  private static final String BETWEEN = "\u001f";

  private final PrintStream out;
  private FormDef form;
  private FormEntryModel model;
  /** Repeats and questions by their path without positions. */
  private final Map<String, GroupDef> repeats = new HashMap<>();
  private final Map<String, QuestionDef> questions = new HashMap<>();
  private final Map<String, String> choices = new HashMap<>();
  private final Map<String, String> labels = new HashMap<>();

  private Walk(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, false, "UTF-8");
    // JavaRosa prints warnings, which are no part of the protocol.
    System.setOut(System.err);
    new XFormsModule().registerModule();
    PropertyManager.setPropertyManager(new StubPropertyManager());
    Walk walk = new Walk(out);
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      try {
        walk.act(line.split("\t", -1));
      } catch (Exception | StackOverflowError fault) {
        out.println("error\t" + escape(fault.getClass().getSimpleName() + ": " + fault.getMessage()));
      }
      out.println(".");
      out.flush();
    }
  }

  private void act(String[] words) throws Exception {
    switch (words[0]) {
      case "load":
        load(words[1]);
        break;
      case "set":
        set(words[1], unescape(words[2]));
        break;
      case "add":
        form.createNewRepeat(index(words[1], FormEntryController.EVENT_PROMPT_NEW_REPEAT));
        break;
      case "remove":
        form.deleteRepeat(index(words[1], FormEntryController.EVENT_REPEAT));
        break;
      case "state":
        settle();
        tell(form.getInstance().getRoot(), "", "");
        break;
      default:
        throw new IllegalArgumentException("no command " + words[0]);
    }
  }

  private void load(String file) throws Exception {
    form = XFormUtils.getFormFromInputStream(new ByteArrayInputStream(Files.readAllBytes(Paths.get(file))));
    form.initialize(true, new InstanceInitializationFactory());
    model = new FormEntryModel(form);
    repeats.clear();
    questions.clear();
    gather(form);
  }

  private void gather(IFormElement element) {
    if (element.getChildren() == null) {
      return;
    }
    for (IFormElement child : element.getChildren()) {
      if (child instanceof GroupDef && ((GroupDef) child).getRepeat()) {
        repeats.put(plain(child), (GroupDef) child);
      } else if (child instanceof QuestionDef) {
        questions.put(plain(child), (QuestionDef) child);
      }
      gather(child);
    }
  }

  private static String plain(IFormElement element) {
    return plain((TreeReference) element.getBind().getReference());
  }

  private static String plain(TreeReference reference) {
    StringBuilder path = new StringBuilder();
    for (int level = 1; level < reference.size(); level++) {
      path.append(level > 1 ? "/" : "").append(reference.getName(level));
    }
    return path.toString();
  }

  private String path(TreeReference reference) {
    StringBuilder path = new StringBuilder();
    StringBuilder plain = new StringBuilder();
    for (int level = 1; level < reference.size(); level++) {
      String name = (level > 1 ? "/" : "") + reference.getName(level);
      path.append(name);
      plain.append(name);
      if (repeats.containsKey(plain.toString())) {
        path.append('[').append(reference.getMultiplicity(level) + 1).append(']');
      }
    }
    return path.toString();
  }

  private TreeReference reference(String path) {
    TreeReference reference = TreeReference.rootRef().extendRef(form.getInstance().getRoot().getName(), 0);
    for (String step : path.split("/")) {
      int bracket = step.indexOf('[');
      int position = bracket < 0 ? 1 : Integer.parseInt(step.substring(bracket + 1, step.length() - 1));
      reference = reference.extendRef(bracket < 0 ? step : step.substring(0, bracket), position - 1);
    }
    return reference;
  }

  private void set(String path, String text) {
    TreeReference reference = reference(path);
    TreeElement element = form.getInstance().resolveReference(reference);
    if (element == null) {
      throw new IllegalArgumentException("no node " + path);
    }
    QuestionDef question = questions.get(plain(reference));
    IAnswerData data =
        text.isEmpty() ? null : XFormAnswerDataParser.getAnswerData(text, element.getDataType(), question);
    if (data == null && !text.isEmpty()) {
      throw new IllegalArgumentException("cannot hold " + text);
    }
    form.setValue(data, reference, true);
  }

  /** The place of a repeat's instance, or behind its last one. */
  private FormIndex index(String path, int event) {
    FormIndex index = FormIndex.createBeginningOfFormIndex();
    do {
      index = model.incrementIndex(index);
      String here = index.isInForm() ? path(index.getReference()) : "";
      if (event == FormEntryController.EVENT_PROMPT_NEW_REPEAT) {
        here = here.replaceFirst("\\[\\d+\\]$", "");
      }
      if (model.getEvent(index) == event && here.equals(path)) {
        return index;
      }
    } while (model.getEvent(index) != FormEntryController.EVENT_END_OF_FORM);
    throw new IllegalArgumentException("no " + path);
  }

  /**
   * Goes through the whole form as a person does: only on the way are counted instances made, and answers that are no
   * longer offered taken back. Each of these can change what came before, so until nothing changes.
   */
  private void settle() {
    String before = "";
    for (int round = 0; round < ROUNDS; round++) {
      choices.clear();
      labels.clear();
      FormIndex index = model.incrementIndex(FormIndex.createBeginningOfFormIndex());
      for (; index.isInForm(); index = model.incrementIndex(index)) {
        model.setQuestionIndex(index);
        if (model.getEvent(index) == FormEntryController.EVENT_REPEAT && isBeyondCount(index)) {
          index = form.deleteRepeat(index);
        } else if (model.getEvent(index) == FormEntryController.EVENT_QUESTION && model.isIndexRelevant(index)) {
          ask(index);
        }
      }
      String after = choices + "\n" + values(form.getInstance().getRoot(), new StringBuilder());
      if (after.equals(before)) {
        return;
      }
      before = after;
    }
  }

  /** JavaRosa leaves instances that the count no longer asks for; ODK Web Forms and Sondeo do not. */
  private boolean isBeyondCount(FormIndex index) {
    TreeReference reference = index.getReference();
    GroupDef repeat = repeats.get(plain(reference));
    if (repeat == null || repeat.getCountReference() == null) {
      return false;
    }
    TreeReference count = repeat.getConextualizedCountReference(reference);
    String wanted = text(form.getInstance().resolveReference(count).getValue());
    try {
      return reference.getMultLast() >= (wanted.isEmpty() ? 0 : Double.parseDouble(wanted));
    } catch (NumberFormatException none) {
      return true;
    }
  }

  private void ask(FormIndex index) {
    TreeElement element = form.getInstance().resolveReference(index.getReference());
    String before = text(element.getValue());
    FormEntryPrompt prompt = model.getQuestionPrompt(index);
    String path = path(index.getReference());
    labels.put(path, prompt.getQuestionText());
    List<SelectChoice> offered = prompt.getSelectChoices();
    if (!text(element.getValue()).equals(before)) {
      // It took back an answer that is not offered, and leaves what was computed from that as it was.
      form.triggerTriggerables(index.getReference());
    }
    if (offered != null) {
      StringBuilder names = new StringBuilder();
      for (SelectChoice choice : offered) {
        names.append(names.length() > 0 ? BETWEEN : "").append(choice.getValue());
      }
      choices.put(path, names.toString());
    }
  }

  private static StringBuilder values(TreeElement element, StringBuilder into) {
    into.append(element.getName()).append(element.getMult()).append(text(element.getValue())).append('\n');
    for (int child = 0; child < element.getNumChildren(); child++) {
      values(element.getChildAt(child), into);
    }
    return into;
  }

  private void tell(TreeElement element, String path, String plain) {
    for (Map.Entry<String, GroupDef> repeat : repeats.entrySet()) {
      String name = repeat.getKey().substring(repeat.getKey().lastIndexOf('/') + 1);
      if (repeat.getKey().equals(below(plain, name))) {
        GroupDef group = repeat.getValue();
        boolean extensible = group.getCountReference() == null && !group.noAddRemove;
        out.println("repeat\t" + below(path, name) + "\t" + element.getChildMultiplicity(name) + "\t" + bit(extensible));
      }
    }
    for (int place = 0; place < element.getNumChildren(); place++) {
      TreeElement child = element.getChildAt(place);
      // The pattern of a repeat is no instance of it.
      if (child.getMult() < 0 || (path.isEmpty() && child.getName().equals("meta"))) {
        continue;
      }
      String childPlain = below(plain, child.getName());
      boolean repeated = repeats.containsKey(childPlain);
      String childPath = below(path, child.getName()) + (repeated ? "[" + (child.getMult() + 1) + "]" : "");
      if (child.hasChildren() || repeated) {
        out.println("group\t" + childPath + "\t" + bit(child.isRelevant()));
        tell(child, childPath, childPlain);
      } else {
        leaf(child, childPath);
      }
    }
  }

  private void leaf(TreeElement element, String path) {
    TreeReference reference = element.getRef();
    IAnswerData value = element.getValue();
    boolean holds = value == null || form.evaluateConstraint(reference, value);
    out.println(
        String.join(
            "\t",
            "leaf",
            path,
            "",
            bit(element.isRelevant()),
            bit(element.isRequired()),
            bit(!element.isEnabled()),
            bit(!holds),
            escape(text(value)),
            choices.containsKey(path) ? escape(choices.get(path)) : "-",
            labels.get(path) == null ? "-" : escape(labels.get(path))));
  }

  private static String below(String path, String name) {
    return path.isEmpty() ? name : path + "/" + name;
  }

  private static String bit(boolean is) {
    return is ? "1" : "0";
  }

  private static String text(IAnswerData data) {
    if (data instanceof BooleanData) {
      // JavaRosa stores 1 and 0, and hands true and false to expressions, as the specification has it.
      return String.valueOf(data.getValue());
    }
    return data == null ? "" : data.uncast().getString();
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
  }

  private static String unescape(String text) {
    StringBuilder plain = new StringBuilder();
    for (int at = 0; at < text.length(); at++) {
      char sign = text.charAt(at);
      if (sign == '\\' && at + 1 < text.length()) {
        at++;
        char code = text.charAt(at);
        sign = code == 'n' ? '\n' : code == 'r' ? '\r' : code == 't' ? '\t' : code;
      }
      plain.append(sign);
    }
    return plain.toString();
  }
}
